package landing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/**
 * Deletes messages that have been handled from their queue, several with one call.
 *
 * @param sqs the client
 * @param queueUrl their queue
 */
public record TakenMessages(SqsClient sqs, String queueUrl) {

  /** The most messages that one call deletes, by SQS's own limit. */
  public static final int AT_ONCE = 10;

  /**
   * Deletes them.
   *
   * @param receiptHandles at most {@link #AT_ONCE}
   * @return why each of them could not be deleted, in their order; empty for those that were
   * @throws software.amazon.awssdk.core.exception.SdkException if SQS refuses or is unreachable
   */
  public List<Optional<String>> delete(List<String> receiptHandles) {
    List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
    for (int i = 0; i < receiptHandles.size(); i++) {
      entries.add(
          DeleteMessageBatchRequestEntry.builder()
              .id("m" + i)
              .receiptHandle(receiptHandles.get(i))
              .build());
    }
    Map<String, String> failed = new HashMap<>();
    for (BatchResultErrorEntry error :
        sqs.deleteMessageBatch(request -> request.queueUrl(queueUrl).entries(entries)).failed()) {
      failed.put(error.id(), "%s: %s".formatted(error.code(), error.message()));
    }
    return entries.stream().map(entry -> Optional.ofNullable(failed.get(entry.id()))).toList();
  }
}
