package web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pages that can be watched, by their paths. */
@ApplicationScoped
class Pages {

  private static final Pattern ONE = Pattern.compile("/(runs|pipelines)/([^/]+)");

  private final OverviewPage overview;
  private final RunPage run;
  private final PipelinePage pipeline;

  Pages(OverviewPage overview, RunPage run, PipelinePage pipeline) {
    this.overview = overview;
    this.run = run;
    this.pipeline = pipeline;
  }

  /**
   * A page as it is now.
   *
   * @throws jakarta.ws.rs.WebApplicationException if there is none at that path
   */
  Page live(String path) {
    if (path.equals("/")) {
      return overview.now();
    }
    Matcher one = one(path);
    return one.group(1).equals("runs") ? run.now(one.group(2)) : pipeline.now(one.group(2));
  }

  /**
   * Refuses a path that cannot be one of a page, without making the page.
   *
   * @throws NotFoundException if it is none
   */
  void check(String path) {
    if (!path.equals("/")) {
      one(path);
    }
  }

  private static Matcher one(String path) {
    Matcher one = ONE.matcher(path);
    if (!one.matches()) {
      throw new NotFoundException("There is no page '%s' to follow".formatted(path));
    }
    return one;
  }
}
