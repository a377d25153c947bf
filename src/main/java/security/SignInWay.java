package security;

/** How a caller shows who they are. */
public enum SignInWay {
  /** HTTP Basic, with a password of the users file. */
  PASSWORD("a password"),
  /** A token of the users file. */
  TOKEN("a token"),
  /** A client certificate, whose subject the users file has. */
  CERTIFICATE("a certificate"),
  /** A session or a token of the OpenID provider. */
  OPENID("OpenID Connect");

  private final String words;

  SignInWay(String words) {
    this.words = words;
  }

  /** As the log has it. */
  String words() {
    return words;
  }
}
