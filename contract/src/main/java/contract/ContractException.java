package contract;

/** A file of the contract is malformed; the message names the file and the member. */
public final class ContractException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  ContractException(String message) {
    super(message);
  }

  ContractException(String message, Throwable cause) {
    super(message, cause);
  }
}
