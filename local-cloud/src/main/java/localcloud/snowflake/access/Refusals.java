package localcloud.snowflake.access;

import java.util.Locale;
import localcloud.snowflake.sql.Refusal;

/**
 * Refusals for a role without the privilege. Snowflake publishes no list of these; codes and
 * messages are as users have reported them, except the code of a suspended warehouse, which is a
 * guess.
 */
public final class Refusals {

  private static final String CONTROL = "SQL access control error:\n";

  private Refusals() {}

  /** 003001: the role sees the object and lacks the privilege. */
  public static Refusal insufficientPrivileges(Securable on) {
    String name = on.kind() == Securable.Kind.ACCOUNT ? Access.ACCOUNT : on.last();
    return new Refusal(
        "003001",
        "42501",
        CONTROL
            + "Insufficient privileges to operate on "
            + words(on.kind()).toLowerCase(Locale.ROOT)
            + " '"
            + name
            + "'");
  }

  /** 002003: it does not exist, or is hidden from the role. */
  public static Refusal missing(Securable object) {
    String words = words(object.kind());
    return Refusal.missing(
        words.charAt(0) + words.substring(1).toLowerCase(Locale.ROOT), object.shown());
  }

  private static String words(Securable.Kind kind) {
    return kind == Securable.Kind.EXTERNAL_TABLE ? "TABLE" : kind.words();
  }

  /** 003013: USE ROLE of a role that the user does not have. */
  public static Refusal roleNotAssigned(String role) {
    return new Refusal(
        "003013",
        "42501",
        CONTROL
            + "Requested role '"
            + role
            + "' is not assigned to the executing user.  Specify another role to activate.");
  }

  /** 000606: a statement that needs compute in a session without a warehouse. */
  public static Refusal noWarehouse() {
    return new Refusal(
        "000606",
        "57P03",
        "No active warehouse selected in the current session.  Select an active warehouse with the"
            + " 'use warehouse' command.\n");
  }

  /** A statement that needs compute while the warehouse is suspended and does not resume itself. */
  public static Refusal suspended(String warehouse) {
    return new Refusal(
        "000608",
        "57P03",
        "Warehouse '"
            + warehouse
            + "' is suspended. Use 'alter warehouse "
            + warehouse
            + " resume;' command if you need to use it again.");
  }

  /** 003127: a stage over a place that its storage integration does not allow. */
  public static Refusal locationNotAllowed(String url, String integration) {
    return new Refusal(
        "003127",
        "42601",
        "SQL compilation error:\nLocation '"
            + url
            + "' is not allowed by integration "
            + integration
            + ". Please use DESC INTEGRATION to check out allowed and blocked locations.");
  }
}
