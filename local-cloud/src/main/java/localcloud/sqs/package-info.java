/** Amazon SQS on loopback. */
package localcloud.sqs;
