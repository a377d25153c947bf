package cluster.request;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    return value instanceof String text && ShownArguments.isSecret(name)
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
      return listed(list);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> entries = new LinkedHashMap<>();
      map.forEach((key, entry) -> entries.put((String) key, named((String) key, entry)));
      return entries;
    }
    return value instanceof String text ? ShownArguments.of(text, HIDDEN) : value;
  }

  private List<?> listed(List<?> list) {
    if (list.stream().allMatch(String.class::isInstance)) {
      List<String> arguments = list.stream().map(String.class::cast).toList();
      for (int i = 0; i < arguments.size(); i++) {
        ShownArguments.secret(i == 0 ? "" : arguments.get(i - 1), arguments.get(i))
            .ifPresent(secrets::add);
      }
      return ShownArguments.of(arguments, HIDDEN);
    }
    return list.stream().map(this::plain).toList();
  }
}
