package security;

/** Who may enter. */
public enum Access {
  /** Everyone who is on this machine, since the service listens there only. */
  LOOPBACK,
  /** Everyone who reaches the port: someone said so. */
  OPEN,
  /** Those in the users file. */
  USERS,
  /** Those who the OpenID provider lets in. */
  OPENID
}
