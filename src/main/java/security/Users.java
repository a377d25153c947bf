package security;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/**
 * Those who may enter, as the users file has them: one to a line, with a name, a role and a secret.
 */
public final class Users {

  private static final Pattern LINE = Pattern.compile("(\\S+)\\s+(\\S+)\\s+(\\S.*)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@+-]{1,64}");
  private static final Pattern BCRYPT =
      Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$[./A-Za-z0-9]{53}");
  private static final Pattern TOKEN = Pattern.compile("sha256:([0-9a-fA-F]{64})");
  private static final String CERTIFICATE = "certificate:";

  /** A sign-in takes 2^cost rounds: about a second at 14. */
  private static final int HIGHEST_COST = 14;

  private static final String FORM =
      "write a name, a role (viewer or operator) and a secret, with blanks between them";
  private static final String SECRETS =
      "write a bcrypt hash as `htpasswd -nB` makes it, sha256: and the hex of a token's hash, or certificate: and a subject";

  private final Map<String, Caller> callers = new HashMap<>();
  private final Map<String, String> passwords = new HashMap<>();
  private final Map<String, Caller> tokens = new HashMap<>();
  private final Map<X500Principal, Caller> certificates = new HashMap<>();

  private Users() {}

  /**
   * Reads the lines of a file; empty ones, and those that begin with {@code #}, say nothing.
   *
   * @param problems where each mistake is added, with its line and without its secret
   */
  static Users read(List<String> lines, List<String> problems) {
    Users users = new Users();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        int number = i + 1;
        users.add(line).ifPresent(problem -> problems.add("line %d %s".formatted(number, problem)));
      }
    }
    if (problems.isEmpty() && users.size() == 0) {
      problems.add("has no user; " + FORM);
    }
    return users;
  }

  private Optional<String> add(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      return Optional.of("is no user; " + FORM);
    }
    String name = parts.group(1);
    if (!NAME.matcher(name).matches()) {
      return Optional.of("has a name that is none; write 1 to 64 letters, digits and . _ @ + -");
    }
    Optional<Role> role = role(parts.group(2));
    return role.isEmpty()
        ? Optional.of("gives %s a role that is none; write viewer or operator".formatted(name))
        : add(new Caller(name, role.get()), parts.group(3));
  }

  private static Optional<Role> role(String written) {
    return List.of(Role.values()).stream().filter(role -> role.word().equals(written)).findAny();
  }

  private Optional<String> add(Caller caller, String secret) {
    Matcher bcrypt = BCRYPT.matcher(secret);
    Matcher token = TOKEN.matcher(secret);
    if (bcrypt.matches()) {
      return password(caller, secret, Integer.parseInt(bcrypt.group(1)));
    }
    if (token.matches()) {
      return tokens.putIfAbsent(token.group(1).toLowerCase(Locale.ROOT), caller) == null
          ? Optional.empty()
          : Optional.of("gives %s a token that another line has".formatted(caller.name()));
    }
    return secret.startsWith(CERTIFICATE)
        ? certificate(caller, secret.substring(CERTIFICATE.length()))
        : Optional.of("gives %s a secret that is none; %s".formatted(caller.name(), SECRETS));
  }

  private Optional<String> password(Caller caller, String hash, int cost) {
    if (cost < 4 || cost > HIGHEST_COST) {
      return Optional.of(
          "gives %s a bcrypt hash of cost %d; use 10 to %d (htpasswd -nB -C 10)"
              .formatted(caller.name(), cost, HIGHEST_COST));
    }
    callers.putIfAbsent(caller.name(), caller);
    return passwords.putIfAbsent(caller.name(), hash) == null
        ? Optional.empty()
        : Optional.of("gives %s a second password; remove one".formatted(caller.name()));
  }

  private Optional<String> certificate(Caller caller, String subject) {
    try {
      return certificates.putIfAbsent(new X500Principal(subject.strip()), caller) == null
          ? Optional.empty()
          : Optional.of("gives %s a certificate that another line has".formatted(caller.name()));
    } catch (IllegalArgumentException e) {
      return Optional.of(
          "gives %s a certificate without a subject; write it as in certificate:CN=%1$s,O=Example"
              .formatted(caller.name()));
    }
  }

  /** How many secrets there are. */
  int size() {
    return passwords.size() + tokens.size() + certificates.size();
  }

  /** The bcrypt hash of a name's password, if it has one. */
  Optional<String> password(String name) {
    return Optional.ofNullable(passwords.get(name));
  }

  /**
   * The hash that takes longest to compute, for names that the file does not have: they must take
   * no less time than others.
   */
  Optional<String> slowestPassword() {
    return passwords.values().stream().max(Comparator.comparingInt(Users::cost));
  }

  private static int cost(String hash) {
    return Integer.parseInt(hash.split("\\$", -1)[2]);
  }

  /** Who has a password under that name. */
  Caller named(String name) {
    return callers.get(name);
  }

  /** Whose token has that hash. */
  Optional<Caller> token(byte[] sha256) {
    return Optional.ofNullable(tokens.get(HexFormat.of().formatHex(sha256)));
  }

  /** Whose certificate has that subject. */
  Optional<Caller> certificate(X500Principal subject) {
    return Optional.ofNullable(certificates.get(subject));
  }

  /** The names, for messages. */
  List<String> names() {
    List<String> names = new ArrayList<>(callers.keySet());
    tokens.values().forEach(caller -> names.add(caller.name()));
    certificates.values().forEach(caller -> names.add(caller.name()));
    return names.stream().distinct().sorted().toList();
  }
}
