package architecture.planted.aws;

import architecture.planted.run.ARun;

/** Breaks: aws knows the SDK only. */
public final class AwsKnowsARun {
  ARun known;
}
