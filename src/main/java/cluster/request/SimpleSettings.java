package cluster.request;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the simple properties say of every cluster of a pipeline, whatever its machines.
 *
 * @param members what is written, by the member of the request that it stands for; what is not
 *     written is absent, so that a file can say it instead
 * @param otherwiseLogUri where EMR puts the logs unless the configuration says it, with a slash at
 *     its end
 * @param tags tags of the cluster, beside our own
 */
public record SimpleSettings(
    Map<String, String> members, String otherwiseLogUri, Map<String, String> tags) {

  static final String LOG_URI = "LogUri";

  /** The properties by the member of the request that they stand for. */
  public static final Map<String, String> PROPERTIES =
      Collections.unmodifiableMap(
          new TreeMap<>(
              Map.of(
                  "ReleaseLabel",
                  "cluster.release-label",
                  "ServiceRole",
                  "cluster.service-role",
                  "JobFlowRole",
                  "cluster.instance-profile",
                  "SecurityConfiguration",
                  "cluster.security-configuration",
                  LOG_URI,
                  "cluster.log-uri")));

  /** What EMR is asked for where nothing is written. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "ReleaseLabel", "emr-7.13.0",
          "ServiceRole", "EMR_DefaultRole",
          "JobFlowRole", "EMR_EC2_DefaultRole");

  /** What is written for the member, or its default; null where it has none. */
  String value(String member) {
    return members.getOrDefault(
        member, member.equals(LOG_URI) ? otherwiseLogUri : DEFAULTS.get(member));
  }
}
