/**
 * What the job is told and what it tells: the documents of {@code docs/contract.md}, and the
 * failure that each other part of the job may end with. It knows no other package.
 */
package sparkjob.contract;
