package web;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import security.SignInWay;
import security.SignOut;

/** Signs people out, and says what that is worth. */
@Path(SignOut.PATH)
@Produces(MediaType.TEXT_HTML)
public class SignOutResource {

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final String TITLE = "Signed out";

  private final SignOut signOut;
  private final Frame frame;

  SignOutResource(SignOut signOut, Frame frame) {
    this.signOut = signOut;
    this.frame = frame;
  }

  /**
   * Ends the session, and answers 401 to a browser that sends a password, so that it forgets it.
   */
  @GET
  public Uni<Response> leave() {
    return signOut.end().map(way -> way.map(this::left).orElseGet(SignOutResource::nobody));
  }

  private Response left(SignInWay way) {
    return switch (way) {
      case OPENID ->
          said(
              OK,
              TITLE,
              "Your session here has ended. The provider may still know you and sign you in without asking; to end that too, sign out there.",
              "Sign in");
      case PASSWORD ->
          Response.fromResponse(
                  said(
                      UNAUTHORIZED,
                      TITLE,
                      "Your browser was told to forget the password. Not every browser does so: close it to be certain.",
                      "Sign in"))
              .header(HttpHeaders.WWW_AUTHENTICATE, SignOut.BASIC)
              .build();
      case CERTIFICATE ->
          said(
              OK,
              "You are still signed in",
              "Cannot sign you out: your browser shows a certificate each time it connects; close the browser, or remove the certificate from it.",
              "Overview");
      case TOKEN ->
          said(
              OK,
              "You are still signed in",
              "Cannot sign you out: whoever sends your token is signed in; stop sending it, or remove its line from the users file.",
              "Overview");
    };
  }

  private static Response nobody() {
    return Response.seeOther(URI.create("/")).build();
  }

  private Response said(int status, String title, String sentence, String onward) {
    return frame.stranger(status, ErrorPage.of(title, sentence, onward));
  }
}
