package cluster.request;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;

/**
 * What EMR is asked for on one rung of a ladder, and where the configuration says so.
 *
 * @param request complete, with the user's tags; it lacks only what is ours: name, ownership tags,
 *     steps, keep-alive and termination protection, see {@link ClusterRequest}
 * @param values what simple properties say of it, by property below the pipeline: {@code
 *     cluster.release-label}
 * @param properties all that it comes from, the nearest first: {@code cluster.request
 *     (config/emr.json)}, {@code cluster.*}
 */
public record Template(
    RunJobFlowRequest request, Map<String, String> values, List<String> properties) {

  /** The simple properties whose value EMR quotes, whole, in its words. */
  public List<String> quotedIn(String words) {
    return values.keySet().stream()
        .filter(property -> whole(values.get(property)).matcher(words).find())
        .toList();
  }

  /** EMR's words without the request's secrets, which it may quote. */
  public String withoutSecrets(String words) {
    String shown = words;
    for (String secret : RequestJson.secrets(request)) {
      shown = shown.replace(secret, RequestJson.HIDDEN);
    }
    return shown;
  }

  /** Whether a file says what EMR is asked for, so that EMR's words may be about the file. */
  public boolean isOfFile() {
    return properties.get(0).contains("request (");
  }

  private static Pattern whole(String value) {
    return Pattern.compile("(?<![\\w.-])" + Pattern.quote(value) + "(?![\\w/-]|[.]\\w)");
  }
}
