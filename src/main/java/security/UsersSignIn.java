package security;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Finds in the users file who sends a request: by certificate, HTTP Basic, or a Bearer token. */
@ApplicationScoped
class UsersSignIn {

  private static final int LONGEST_NAME = 64;
  private static final Refusal WRONG =
      Refusal.of(
          HttpResponseStatus.UNAUTHORIZED,
          "Cannot sign in: the name, the password or the token is wrong; docs/security.md says how to be let in");

  private final AccessSettings settings;
  private final UsersFile file;
  private final Passwords passwords;
  private final SignInLimit limit;
  private final SignIns signIns;
  private final BlockingSecurityExecutor executor;

  UsersSignIn(
      AccessSettings settings,
      UsersFile file,
      Passwords passwords,
      SignInLimit limit,
      SignIns signIns,
      BlockingSecurityExecutor executor) {
    this.settings = settings;
    this.file = file;
    this.passwords = passwords;
    this.limit = limit;
    this.signIns = signIns;
    this.executor = executor;
  }

  /** Who sends it; null within if the request says nothing of that. */
  Uni<SecurityIdentity> identify(RoutingContext context) {
    Users users = file.users();
    Optional<Caller> certified = certified(context.request(), users);
    if (certified.isPresent()) {
      return signedIn(context, users, SignInWay.CERTIFICATE, certified.get());
    }
    String header = context.request().getHeader("Authorization");
    if (header == null) {
      return Uni.createFrom().nullItem();
    }
    String[] parts = header.strip().split("\\s+", 2);
    return switch (parts.length == 2 ? parts[0].toLowerCase(Locale.ROOT) : "") {
      case "basic" -> byPassword(context, users, parts[1]);
      case "bearer" -> byToken(context, users, parts[1]);
      default -> refused(context, WRONG);
    };
  }

  private Optional<Caller> certified(HttpServerRequest request, Users users) {
    if (settings.certificates() == ClientCertificates.NONE || !request.isSSL()) {
      return Optional.empty();
    }
    try {
      return request.sslSession().getPeerCertificates()[0] instanceof X509Certificate shown
          ? users.certificate(shown.getSubjectX500Principal())
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      // None was shown.
      return Optional.empty();
    }
  }

  private Uni<SecurityIdentity> byToken(RoutingContext context, Users users, String token) {
    List<String> keys = List.of(address(context.request()));
    Optional<Duration> wait = limit.begin(keys);
    if (wait.isPresent()) {
      return tooMany(context, wait.get());
    }
    Optional<Caller> caller = users.token(sha256(token));
    if (caller.isEmpty()) {
      return wrong(context, Optional.empty(), SignInWay.TOKEN);
    }
    limit.succeeded(keys);
    return signedIn(context, users, SignInWay.TOKEN, caller.get());
  }

  private Uni<SecurityIdentity> byPassword(RoutingContext context, Users users, String encoded) {
    Optional<String> decoded = decoded(encoded);
    int colon = decoded.map(text -> text.indexOf(':')).orElse(-1);
    if (colon < 0 || colon > LONGEST_NAME) {
      return refused(context, WRONG);
    }
    String name = decoded.get().substring(0, colon);
    String password = decoded.get().substring(colon + 1);
    Optional<String> hash = users.password(name);
    String address = address(context.request());
    Optional<Duration> pause = limit.pause(address);
    if (pause.isPresent()) {
      return tooMany(context, pause.get());
    }
    if (hash.filter(known -> passwords.isRemembered(known, password, address)).isPresent()) {
      // Also while the name's limit is reached, so that a stranger elsewhere shuts out nobody.
      return signedIn(context, users, SignInWay.PASSWORD, users.named(name));
    }
    Optional<String> compared = hash.or(users::slowestPassword);
    List<String> keys = List.of("name " + name, address);
    Optional<Duration> wait = limit.begin(keys);
    if (wait.isPresent()) {
      return tooMany(context, wait.get());
    }
    return executor
        .executeBlocking(
            () ->
                compared.isEmpty()
                    ? Optional.of(false)
                    : passwords.isRight(compared.get(), password, address))
        .chain(
            isRight -> {
              if (isRight.isEmpty()) {
                limit.succeeded(keys);
                return refused(context, Refusal.tooMany(Duration.ofSeconds(1)));
              }
              if (!isRight.get() || hash.isEmpty()) {
                return wrong(context, hash.map(known -> name), SignInWay.PASSWORD);
              }
              limit.succeeded(keys);
              return signedIn(context, users, SignInWay.PASSWORD, users.named(name));
            });
  }

  private static Optional<String> decoded(String encoded) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A network gives each of its customers a whole /64 of IPv6, so these are one address. */
  private static String address(HttpServerRequest request) {
    String address = Requests.address(request);
    String[] groups = address.split(":");
    return groups.length > 4
        ? "address " + String.join(":", List.of(groups).subList(0, 4))
        : "address " + address;
  }

  private Uni<SecurityIdentity> signedIn(
      RoutingContext context, Users users, SignInWay way, Caller caller) {
    signIns.accepted(caller, way, context.request());
    List<String> roles = new ArrayList<>(List.of(Role.VIEWER.word()));
    if (caller.role() == Role.OPERATOR) {
      roles.add(Role.OPERATOR.word());
    }
    QuarkusSecurityIdentity.Builder identity =
        QuarkusSecurityIdentity.builder()
            .setPrincipal(new QuarkusPrincipal(caller.name()))
            .addAttribute(CurrentCaller.USERS, users)
            .addAttribute(CurrentCaller.WAY, way);
    roles.forEach(identity::addRole);
    return Uni.createFrom().item(identity.build());
  }

  private Uni<SecurityIdentity> wrong(
      RoutingContext context, Optional<String> name, SignInWay way) {
    signIns.refused(name, way, context.request());
    return refused(context, WRONG);
  }

  private Uni<SecurityIdentity> tooMany(RoutingContext context, Duration wait) {
    signIns.limited(context.request());
    return refused(context, Refusal.tooMany(wait));
  }

  private static Uni<SecurityIdentity> refused(RoutingContext context, Refusal why) {
    why.put(context);
    return Uni.createFrom().failure(new AuthenticationFailedException(why.detail()));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot compute SHA-256: " + e.getMessage(), e);
    }
  }
}
