package cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** Shows a request of the SDK as the JSON that the API receives. */
public final class RequestJson {

  private RequestJson() {}

  /** The request's members under the API's own names, absent ones left out. */
  public static Map<String, Object> of(SdkPojo request) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (SdkField<?> field : request.sdkFields()) {
      Object value = plain(field.getValueOrDefault(request));
      if (value != null) {
        members.put(field.locationName(), value);
      }
    }
    return members;
  }

  private static Object plain(Object value) {
    if (value instanceof SdkPojo pojo) {
      return of(pojo);
    }
    if (value instanceof List<?> list) {
      return list.isEmpty() ? null : list.stream().map(RequestJson::plain).toList();
    }
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty() ? null : map;
    }
    return value;
  }
}
