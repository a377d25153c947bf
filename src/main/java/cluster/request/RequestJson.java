package cluster.request;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/**
 * Shows a request of the SDK as the JSON that the API receives, with passwords, tokens and other
 * secrets hidden.
 */
public final class RequestJson {

  /** The text in place of a secret. */
  public static final String HIDDEN = "(hidden)";

  /**
   * The name of a secret, in a member, in a configuration's property and in an argument {@code
   * key=value}: the default of Spark's {@code spark.redaction.regex} (Spark 3.5, Configuration).
   */
  private static final Pattern SECRET =
      Pattern.compile("secret|password|token|access[.]?key", Pattern.CASE_INSENSITIVE);

  private final Set<String> secrets = new LinkedHashSet<>();

  private RequestJson() {}

  /** The request's members under the API's own names, absent ones left out. */
  public static Map<String, Object> of(SdkPojo request) {
    return new RequestJson().members(request);
  }

  /** The values that {@link #of} hides. */
  static Set<String> secrets(SdkPojo request) {
    RequestJson json = new RequestJson();
    json.members(request);
    return json.secrets;
  }

  private Map<String, Object> members(SdkPojo request) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (SdkField<?> field : request.sdkFields()) {
      Object value = field.getValueOrDefault(request);
      boolean absent =
          value == null
              || value instanceof SdkAutoConstructList
              || value instanceof SdkAutoConstructMap;
      if (!absent) {
        members.put(field.locationName(), named(field.locationName(), value));
      }
    }
    return members;
  }

  private Object named(String name, Object value) {
    return value instanceof String text && SECRET.matcher(name).find()
        ? hidden(text)
        : plain(value);
  }

  private String hidden(String secret) {
    if (!secret.isEmpty()) {
      secrets.add(secret);
    }
    return HIDDEN;
  }

  private Object plain(Object value) {
    if (value instanceof SdkPojo pojo) {
      return members(pojo);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(this::plain).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> entries = new LinkedHashMap<>();
      map.forEach((key, entry) -> entries.put((String) key, named((String) key, entry)));
      return entries;
    }
    return value instanceof String text ? argument(text) : value;
  }

  private String argument(String text) {
    String key = text.substring(0, Math.max(0, text.indexOf('=')));
    return !key.contains("/") && SECRET.matcher(key).find()
        ? key + "=" + hidden(text.substring(key.length() + 1))
        : text;
  }
}
