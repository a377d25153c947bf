package web;

import java.util.List;

/** What a person sees in place of what they asked for. */
final class ErrorPage {

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int MISDIRECTED = 421;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  private ErrorPage() {}

  /**
   * The page of an error.
   *
   * @param status HTTP's
   * @param sentence why, and the way out
   */
  static Page of(int status, String sentence) {
    return of(title(status), sentence, status == UNAUTHORIZED ? "Sign in" : "Overview");
  }

  /**
   * A page of one sentence.
   *
   * @param onward what its link to the overview says
   */
  static Page of(String title, String sentence, String onward) {
    return new Page(
        title,
        Page.Section.OVERVIEW,
        "",
        List.of(Piece.of("error", Templates.error(title, sentence, onward))));
  }

  private static String title(int status) {
    return switch (status) {
      case UNAUTHORIZED -> "You are not signed in";
      case FORBIDDEN -> "You may not do that";
      case NOT_FOUND -> "There is nothing here";
      case CONFLICT -> "It cannot be done now";
      case MISDIRECTED -> "The service has another name";
      case TOO_MANY -> "Too many sign-ins have failed";
      case UNAVAILABLE -> "The service cannot answer now";
      default -> "That did not work";
    };
  }
}
