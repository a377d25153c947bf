package api;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import java.util.Set;

/** Says the way out in the problems that the framework makes, which only name the error. */
@ApplicationScoped
class ProblemDetails implements ProblemPostProcessor {

  private static final String ADDRESSES = "/q/openapi describes every address";

  @Override
  public HttpProblem apply(HttpProblem problem, ProblemContext context) {
    if (context.cause instanceof NotFoundException && context.cause.getCause() != null) {
      return said(
          HttpProblem.builder(problem)
              .withStatus(Status.BAD_REQUEST)
              .withTitle(Status.BAD_REQUEST.getReasonPhrase()),
          "Cannot read a parameter of the request; " + ADDRESSES + " and its parameters");
    }
    if (context.cause instanceof NotAllowedException
        || context.cause instanceof NotFoundException) {
      Set<String> methods = AllowedMethods.insteadOfPresentOne();
      if (!methods.isEmpty()) {
        return said(
            HttpProblem.builder(problem)
                .withStatus(Status.METHOD_NOT_ALLOWED)
                .withTitle(Status.METHOD_NOT_ALLOWED.getReasonPhrase())
                .withHeader(HttpHeaders.ALLOW, String.join(", ", methods)),
            "%s does not take this method; %s and its methods".formatted(context.path, ADDRESSES));
      }
    }
    return detail(problem, context)
        .map(words -> said(HttpProblem.builder(problem), words))
        .orElse(problem);
  }

  private static HttpProblem said(HttpProblem.Builder problem, String words) {
    return problem.withDetail(words).build();
  }

  private static Optional<String> detail(HttpProblem problem, ProblemContext context) {
    if (context.cause instanceof HttpProblem) {
      return Optional.empty();
    }
    if (context.cause instanceof NotFoundException) {
      return Optional.of("There is nothing at %s; %s".formatted(context.path, ADDRESSES));
    }
    if (context.cause instanceof NotSupportedException) {
      return Optional.of(
          "%s does not read content of this type; leave the body and Content-Type out"
              .formatted(context.path));
    }
    if (context.cause instanceof NotAcceptableException) {
      return Optional.of(
          "%s does not answer with content of the type that Accept names; leave Accept out"
              .formatted(context.path));
    }
    return switch (problem.getStatusCode()) {
      case 401 -> Optional.of("The service does not know who asks; sign in");
      case 403 -> Optional.of("Your role does not permit this; ask someone whose role does");
      case 500 ->
          Optional.of(
              "The service failed at this request; its log has the cause, and the request may succeed if you repeat it");
      default -> Optional.empty();
    };
  }

  /** Before the library logs the problem, which it does last. */
  @Override
  public int priority() {
    return 1_000;
  }
}
