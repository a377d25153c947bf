package web;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import store.Database;

/**
 * The changes of the pages that are watched. However many watch a page, it is made once for all of
 * them, at most every two seconds, and only if something may have changed.
 */
@ApplicationScoped
class Feeds {

  private static final Logger LOG = Logger.getLogger(Feeds.class);

  private static final Duration LOOK = Duration.ofSeconds(2);

  /** What is only in memory, such as a place in the queue, is looked at this often. */
  private static final int LOOKS_BETWEEN = 3;

  /** A sign of life this often, so that a connection that is gone is noticed. */
  private static final int LOOKS_BETWEEN_SIGNS = 8;

  /** A watcher that is so many messages behind is cut off; its browser connects anew. */
  private static final int MOST_BEHIND = 16;

  private final Pages pages;
  private final Database database;
  private final Map<String, Feed> feeds = new ConcurrentHashMap<>();

  Feeds(Pages pages, Database database) {
    this.pages = pages;
    this.database = database;
  }

  /**
   * The changes of a page, and signs of life; the first message comes at once, so that a browser
   * knows that it is connected.
   *
   * @param state what the watcher has of it
   */
  Multi<Message> of(String path, String state) {
    Page now = pages.live(path);
    Feed feed = feeds.computeIfAbsent(path, watched -> new Feed(now));
    return Multi.createBy()
        .concatenating()
        .streams(
            Multi.createFrom().item(now.state().equals(state) ? Message.ALIVE : Message.STALE),
            feed.changes.onOverflow().buffer(MOST_BEHIND));
  }

  private static Map<String, Piece> byId(Page page) {
    return page.pieces().stream().collect(Collectors.toMap(Piece::id, Function.identity()));
  }

  /** The changes of one page. */
  private final class Feed {

    private final String path;
    private final Multi<Message> changes;
    private Map<String, Piece> shown;
    private long changesSeen = -1;
    private int looks;

    private Feed(Page now) {
      this.path = now.path();
      this.shown = byId(now);
      this.changes =
          Multi.createFrom()
              .ticks()
              .every(LOOK)
              .onOverflow()
              .drop()
              .emitOn(Infrastructure.getDefaultWorkerPool())
              .map(tick -> next())
              .filter(Optional::isPresent)
              .map(Optional::get)
              .onTermination()
              .invoke(() -> feeds.remove(path, this))
              .broadcast()
              .withCancellationAfterLastSubscriberDeparture()
              .toAllSubscribers();
    }

    private synchronized Optional<Message> next() {
      looks++;
      long stored = database.changes();
      Optional<Message> sign =
          looks % LOOKS_BETWEEN_SIGNS == 0 ? Optional.of(Message.ALIVE) : Optional.empty();
      if (stored == changesSeen && looks % LOOKS_BETWEEN != 0) {
        return sign;
      }
      changesSeen = stored;
      try {
        return changed().or(() -> sign);
      } catch (RuntimeException e) {
        LOG.warnf(e, "Cannot follow page %s; it is tried again", path);
        return sign;
      }
    }

    private Optional<Message> changed() {
      Map<String, Piece> before = shown;
      Page page = pages.live(path);
      shown = byId(page);
      String html =
          page.pieces().stream()
              .filter(piece -> !piece.equals(before.get(piece.id())))
              .map(Piece::inPlace)
              .collect(Collectors.joining());
      return Optional.of(html).filter(text -> !text.isEmpty()).map(Message::pieces);
    }
  }
}
