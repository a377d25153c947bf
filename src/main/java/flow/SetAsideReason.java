package flow;

import batch.LandedObject;
import java.util.List;
import run.Failure;
import run.FailureKind;
import run.Outcome;
import run.RunId;

/** The reasons why no run takes an object by itself. */
public final class SetAsideReason {

  private SetAsideReason() {}

  /**
   * The end of a run whose objects are later versions of loaded objects; it needs no cluster, and
   * loads them when it is retried or replayed.
   */
  public static Outcome overwritten(RunId run, String pipeline, List<LandedObject> objects) {
    return Outcome.failed(
        new Failure(
            FailureKind.DATA,
            "An earlier version was loaded already, and has been overwritten: "
                + LandedObject.names(objects),
            "R%s to load the later version as well; otherwise do nothing; pipelines.%s.landing.on-overwrite decides about the next one"
                .formatted(Remedy.replay(run).substring(1), pipeline)));
  }

  /** Why a later version with the content of the one before is set aside. */
  public static String sameContent(String pipeline) {
    return "Its content is that of the version before, which was loaded already (pipelines.%s.landing.same-content=ignore); land it under another key to have it loaded as well"
        .formatted(pipeline);
  }

  /** Why a later version is set aside. */
  public static String ignored(String pipeline) {
    return "An earlier version was loaded already (pipelines.%s.landing.on-overwrite=ignore); land it under another key to have it loaded as well"
        .formatted(pipeline);
  }
}
