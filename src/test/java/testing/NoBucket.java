package testing;

import software.amazon.awssdk.services.s3.S3Client;

/** An S3 that is not asked: every call fails. */
public final class NoBucket implements S3Client {

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
