package security;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/** The headers of every answer, which tell a browser what it must not do with it. */
final class ResponseHeaders {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'%s; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  private static final String CONTENT_SECURITY_POLICY = POLICY.formatted("");

  /**
   * The scripts within the page of Swagger UI, which Quarkus makes at build time; its test says the
   * new hashes when they change. In tests it makes the first one differently, which is the third
   * hash.
   */
  private static final String SWAGGER_UI = "/q/swagger-ui";

  private static final String SWAGGER_UI_POLICY =
      POLICY.formatted(
          " 'sha256-Bc4MCmo3eDPvU16BhBcWMZUgDqc1e/UzzwdDbpYruPU=' 'sha256-QVzDp2Co4T4umCp4qT758z/LOrH6o9O5ay3lSosUnwA=' 'sha256-hG9fqHqDD15ZC25GACsol9AT6asmuvKsEW2bv5yk764='");

  private ResponseHeaders() {}

  /** Adds them. */
  static void add(RoutingContext context) {
    MultiMap headers = context.response().headers();
    headers.set(
        "Content-Security-Policy",
        context.normalizedPath().startsWith(SWAGGER_UI)
            ? SWAGGER_UI_POLICY
            : CONTENT_SECURITY_POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    // Not no-referrer: with it a browser hides the origin of a form, by which we know our own.
    headers.set("Referrer-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set(
        "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    if ("https".equals(context.request().scheme())) {
      headers.set("Strict-Transport-Security", "max-age=31536000");
    }
    if (!Requests.isForAnAsset(context)) {
      headers.set("Cache-Control", "no-store");
    }
    context.next();
  }
}
