package api;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import store.StoreException;

/** The run store is away: its own message names files, so it goes to the log only. */
@Provider
class StoreProblem extends ExceptionMapperBase<StoreException>
    implements ExceptionMapper<StoreException> {

  private static final int SECONDS_TO_WAIT = 5;

  @Override
  protected HttpProblem toProblem(StoreException failure) {
    return HttpProblem.builder()
        .withStatus(Status.SERVICE_UNAVAILABLE)
        .withTitle(Status.SERVICE_UNAVAILABLE.getReasonPhrase())
        .withDetail(
            "Cannot use the run store: it does not read or write now, and nothing was changed; try again, and if it lasts, the service's log says what to mend")
        .withHeader(HttpHeaders.RETRY_AFTER, SECONDS_TO_WAIT)
        .build();
  }
}
