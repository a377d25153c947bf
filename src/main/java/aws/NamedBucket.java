package aws;

import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Puts the bucket, and the key if there is one, before S3's message, which only says that "the
 * specified bucket does not exist", or nothing at all in the answer to a HEAD.
 */
final class NamedBucket implements ExecutionInterceptor {

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  @Override
  public Throwable modifyException(
      Context.FailedExecution context, ExecutionAttributes attributes) {
    if (!(context.exception() instanceof AwsServiceException refused)) {
      return context.exception();
    }
    Optional<String> bucket = member(context.request(), "Bucket");
    if (bucket.isEmpty() || refused.awsErrorDetails() == null) {
      return refused;
    }
    String object = member(context.request(), "Key").map(key -> "/" + key).orElse("");
    AwsErrorDetails details = refused.awsErrorDetails();
    String message = "s3://%s%s: %s".formatted(bucket.get(), object, words(refused, details));
    return refused.toBuilder()
        .message(message)
        .awsErrorDetails(details.toBuilder().errorMessage(message).build())
        .build();
  }

  private static String words(AwsServiceException refused, AwsErrorDetails details) {
    if (details.errorMessage() != null && !details.errorMessage().isEmpty()) {
      return details.errorMessage();
    }
    return switch (refused.statusCode()) {
      case NOT_FOUND -> "there is none";
      case FORBIDDEN -> "access is denied";
      default -> "S3 refuses";
    };
  }

  private static Optional<String> member(SdkPojo request, String name) {
    return request.sdkFields().stream()
        .filter(field -> field.memberName().equals(name))
        .findFirst()
        .map(field -> field.getValueOrDefault(request))
        .map(String::valueOf);
  }
}
