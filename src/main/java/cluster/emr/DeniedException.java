package cluster.emr;

/** IAM does not allow a call to EMR: repeating it does not help until the permission is granted. */
public final class DeniedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DeniedException(EmrApi api, String said, Throwable cause) {
    super(
        "EMR denies %s: %s; allow it to the service's role, as deploy/aws/service-policy.json does"
            .formatted(api.permission(), said),
        cause);
  }
}
