package web;

import api.Readers;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import store.Database;

/**
 * The changes of the pages that are watched. However many watch a page, it is made once for all of
 * them, at most every two seconds, and only if something may have changed. One thread makes them
 * all, so that open pages take no more than one core.
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

  private final Function<String, Page> pages;
  private final LongSupplier changes;
  private final Map<String, Feed> feeds = new ConcurrentHashMap<>();
  private final Set<String> away = ConcurrentHashMap.newKeySet();
  private Future<?> looking;

  @Inject
  Feeds(Pages pages, Readers readers, Database database) {
    this(path -> readers.inTurn(() -> pages.live(path)), database::changes);
  }

  Feeds(Function<String, Page> pages, LongSupplier changes) {
    this.pages = pages;
    this.changes = changes;
  }

  @PostConstruct
  void start() {
    looking =
        Infrastructure.getDefaultWorkerPool()
            .scheduleWithFixedDelay(
                this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Makes the pages that may have changed, and tells those who watch them. */
  void look() {
    feeds.values().forEach(Feed::look);
  }

  @PreDestroy
  void stop() {
    looking.cancel(true);
  }

  /**
   * The changes of a page, and signs of life; the first message comes at once, so that a browser
   * knows that it is connected. Nothing is made or kept before somebody subscribes, nor after the
   * last has left.
   *
   * @param state what the watcher has of it
   */
  Multi<Message> of(String path, String state) {
    return Multi.createFrom()
        .<Message>emitter(watcher -> join(path, state, watcher), BackPressureStrategy.IGNORE)
        .onOverflow()
        .buffer(MOST_BEHIND);
  }

  private void join(String path, String state, MultiEmitter<? super Message> watcher) {
    Feed feed;
    do {
      feed = feeds.computeIfAbsent(path, Feed::new);
    } while (!feed.join(state, watcher));
  }

  /** Logs the first page that cannot be made, until all can be made again. */
  private void failed(String path, RuntimeException cause) {
    if (away.add(path) && away.size() == 1) {
      LOG.warnf(
          "Cannot follow page %s: %s; it is tried again, and so are others that fail",
          path, cause.getMessage());
    }
    LOG.debugf(cause, "Cannot follow page %s", path);
  }

  private void ended(String path) {
    if (away.remove(path) && away.isEmpty()) {
      LOG.info("No open page is out of date any more");
    }
  }

  /** The changes of one page. */
  private final class Feed {

    private final String path;
    private final Set<MultiEmitter<? super Message>> followers = new HashSet<>();

    /** Those who have to ask for the page anew; they are told so until they leave. */
    private final Set<MultiEmitter<? super Message>> stale = new HashSet<>();

    private Map<String, Piece> shown = Map.of();
    private String state = "";
    private long changesSeen;
    private int looks;
    private boolean hasLooked;
    private boolean isAway;
    private boolean isOver;

    private Feed(String path) {
      this.path = path;
    }

    /** False if the last watcher has just left, and with it this feed. */
    private synchronized boolean join(String theirs, MultiEmitter<? super Message> watcher) {
      if (isOver) {
        return false;
      }
      boolean isFirst = followers.isEmpty() && stale.isEmpty();
      watcher.onTermination(() -> leave(watcher));
      if (isFirst || mayBeLate(theirs)) {
        refresh(changes.getAsLong());
      }
      if (isAway) {
        followers.add(watcher);
        watcher.emit(Message.AWAY);
      } else if (state.equals(theirs)) {
        followers.add(watcher);
        watcher.emit(Message.ALIVE);
      } else {
        stale.add(watcher);
        watcher.emit(Message.STALE);
      }
      return true;
    }

    /** A page that was loaded since the last look may be newer than what that look has seen. */
    private boolean mayBeLate(String theirs) {
      return !state.equals(theirs) && (!hasLooked || changes.getAsLong() != changesSeen);
    }

    private synchronized void leave(MultiEmitter<? super Message> watcher) {
      followers.remove(watcher);
      stale.remove(watcher);
      if (followers.isEmpty() && stale.isEmpty()) {
        isOver = true;
        feeds.remove(path, this);
        ended(path);
      }
    }

    private synchronized void look() {
      looks++;
      hasLooked = false;
      long stored = changes.getAsLong();
      if (stored != changesSeen || looks % LOOKS_BETWEEN == 0) {
        refresh(stored);
      }
      if (looks % LOOKS_BETWEEN_SIGNS == 0) {
        tell(followers, Message.ALIVE);
        tell(stale, Message.STALE);
      }
    }

    private void refresh(long stored) {
      hasLooked = true;
      try {
        show(pages.apply(path));
        changesSeen = stored;
        if (isAway) {
          isAway = false;
          ended(path);
          tell(followers, Message.BACK);
        }
      } catch (RuntimeException e) {
        failed(path, e);
        if (!isAway) {
          isAway = true;
          tell(followers, Message.AWAY);
        }
      }
    }

    private void show(Page page) {
      String html =
          page.pieces().stream()
              .filter(piece -> !piece.equals(shown.get(piece.id())))
              .map(Piece::inPlace)
              .collect(Collectors.joining());
      shown = page.pieces().stream().collect(Collectors.toMap(Piece::id, Function.identity()));
      if (!html.isEmpty()) {
        state = page.state();
        tell(followers, Message.pieces(html, state));
      }
    }

    /** One that is too far behind leaves while it is told. */
    private void tell(Set<MultiEmitter<? super Message>> watchers, Message message) {
      List.copyOf(watchers).forEach(watcher -> watcher.emit(message));
    }
  }
}
