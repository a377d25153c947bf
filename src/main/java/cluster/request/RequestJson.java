package cluster.request;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private RequestJson() {}

  /** The request's members under the API's own names, absent ones left out. */
  public static Map<String, Object> of(SdkPojo request) {
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

  private static Object named(String name, Object value) {
    return value instanceof String && SECRET.matcher(name).find() ? HIDDEN : plain(value);
  }

  private static Object plain(Object value) {
    if (value instanceof SdkPojo pojo) {
      return of(pojo);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(RequestJson::plain).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> entries = new LinkedHashMap<>();
      map.forEach((key, entry) -> entries.put((String) key, named((String) key, entry)));
      return entries;
    }
    return value instanceof String text ? argument(text) : value;
  }

  private static String argument(String text) {
    String key = text.substring(0, Math.max(0, text.indexOf('=')));
    return !key.contains("/") && SECRET.matcher(key).find() ? key + "=" + HIDDEN : text;
  }
}
