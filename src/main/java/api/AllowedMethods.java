package api;

import jakarta.ws.rs.HttpMethod;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;

/**
 * The methods that an address takes. RFC 9110 (15.5.6) asks for them in the answer 405. Quarkus
 * REST leaves them out, and answers 404 where another resource's address begins as this one does.
 */
final class AllowedMethods {

  private AllowedMethods() {}

  /**
   * Those of the address that the present request has asked for; empty if there is no such address,
   * or it takes the request's method.
   */
  static Set<String> insteadOfPresentOne() {
    ResteasyReactiveRequestContext request = CurrentRequestManager.get();
    Set<String> methods = of(request);
    return methods.contains(request.getMethod()) ? Set.of() : methods;
  }

  private static Set<String> of(ResteasyReactiveRequestContext request) {
    RequestMapper.RequestMatch<InitialMatch> place =
        new RequestMapper<>(request.getDeployment().getClassMappers())
            .map(request.getPathWithoutPrefix());
    Set<String> methods = new TreeSet<>();
    if (place != null) {
      String remaining = place.remaining.isEmpty() ? "/" : place.remaining;
      Arrays.stream(place.value.handlers)
          .filter(ClassRoutingHandler.class::isInstance)
          .map(handler -> ((ClassRoutingHandler) handler).getMappers())
          .forEach(mappers -> methods.addAll(taking(mappers, remaining)));
    }
    if (methods.contains(HttpMethod.GET)) {
      methods.add(HttpMethod.HEAD);
    }
    if (!methods.isEmpty()) {
      methods.add(HttpMethod.OPTIONS);
    }
    return methods;
  }

  private static Set<String> taking(
      Map<String, RequestMapper<RuntimeResource>> mappers, String path) {
    Set<String> methods = new TreeSet<>();
    mappers.forEach(
        (method, mapper) -> {
          // Those of no method of their own lead on to other resources.
          if (method != null && mapper.map(path) != null) {
            methods.add(method);
          }
        });
    return methods;
  }
}
