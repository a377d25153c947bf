package nativeimage;

import io.quarkus.runtime.annotations.RegisterForReflection;
import run.Failure;
import run.Link;
import run.RowCounts;
import run.Start;
import run.StateEntry;

/** The model's records within the API's answers, which Jackson writes; they do not know Quarkus. */
@RegisterForReflection(
    targets = {Failure.class, Link.class, RowCounts.class, Start.class, StateEntry.class})
final class ApiRegistration {

  private ApiRegistration() {}
}
