package security;

/** Whether clients show a certificate when they connect. */
public enum ClientCertificates {
  /** They are not asked. */
  NONE,
  /** They are asked; who has none signs in otherwise. */
  REQUEST,
  /** Without one there is no connection. */
  REQUIRE
}
