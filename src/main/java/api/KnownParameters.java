package api;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/**
 * Refuses a request that has query parameters which its address does not know: a filter with a slip
 * of the pen would otherwise return everything.
 */
@Provider
@Priority(Priorities.USER - 100)
class KnownParameters implements ContainerRequestFilter {

  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Method method = resource.getResourceMethod();
    if (!BelowApi.is(request) || method == null) {
      return;
    }
    Set<String> known = known(method);
    Set<String> unknown = new TreeSet<>(request.getUriInfo().getQueryParameters().keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw refusal(unknown, known);
    }
  }

  private static HttpProblem refusal(Set<String> unknown, Set<String> known) {
    return Answers.problem(
        Status.BAD_REQUEST,
        "Cannot read the request: it has the unknown query parameters %s; %s"
            .formatted(
                String.join(", ", unknown),
                known.isEmpty()
                    ? "this address takes none"
                    : "this address takes " + String.join(", ", known)));
  }

  /** Those that the method takes, and those that it only describes because it reads them itself. */
  private static Set<String> known(Method method) {
    return Stream.concat(
            Arrays.stream(method.getParameters())
                .map(parameter -> parameter.getAnnotation(QueryParam.class))
                .filter(taken -> taken != null)
                .map(QueryParam::value),
            Arrays.stream(method.getAnnotationsByType(Parameter.class))
                .filter(described -> described.in() == ParameterIn.QUERY)
                .map(Parameter::name))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
