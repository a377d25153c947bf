/** The failure that each part of the job may end with. It knows the contract only. */
package sparkjob.failure;
