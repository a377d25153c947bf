package testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import java.util.HashMap;
import java.util.Map;

/** A service whose callers an OpenID provider signs in; its admins operate, its users view. */
public class OpenIdProvider implements QuarkusTestResourceLifecycleManager {

  private final OidcWiremockTestResource provider = new OidcWiremockTestResource();

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>(provider.start());
    settings.put("quarkus.oidc.tenant-enabled", "true");
    settings.put("quarkus.oidc.auth-server-url", settings.get("keycloak.url") + "/realms/quarkus");
    settings.put("quarkus.oidc.client-id", "quarkus-web-app");
    settings.put("quarkus.oidc.credentials.secret", "secret");
    settings.put("quarkus.oidc.application-type", "hybrid");
    settings.put("quarkus.oidc.token.audience", "any");
    settings.put("quarkus.oidc.token.issuer", "https://server.example.com");
    settings.put("quarkus.http.auth.roles-mapping.admin", "operator");
    settings.put("quarkus.http.auth.roles-mapping.user", "viewer");
    return settings;
  }

  @Override
  public void stop() {
    provider.stop();
  }
}
