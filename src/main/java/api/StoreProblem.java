package api;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import store.StoreException;

/**
 * The run store is away: its own message names files, so it goes to the log only. That nothing was
 * changed is said where the transaction that was to change something has failed.
 */
@Provider
class StoreProblem extends ExceptionMapperBase<StoreException>
    implements ExceptionMapper<StoreException> {

  private static final int SECONDS_TO_WAIT = 5;
  private static final Set<String> READS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  @Context Request request;

  @Override
  protected HttpProblem toProblem(StoreException failure) {
    return HttpProblem.builder()
        .withStatus(Status.SERVICE_UNAVAILABLE)
        .withTitle(Status.SERVICE_UNAVAILABLE.getReasonPhrase())
        .withDetail(
            "Cannot use the run store: it does not read or write now%s; try again, and if it lasts, the service's log says what to mend"
                .formatted(changed(failure)))
        .withHeader(HttpHeaders.RETRY_AFTER, SECONDS_TO_WAIT)
        .build();
  }

  private String changed(StoreException failure) {
    if (failure.isOfTransaction()) {
      return ", and nothing was changed";
    }
    return READS.contains(request.getMethod())
        ? ""
        : ", and what was asked for may have been done or not; look before you ask for it again, or repeat the request with its Idempotency-Key";
  }
}
