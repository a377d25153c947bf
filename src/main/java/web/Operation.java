package web;

/**
 * Something that an operator may do now.
 *
 * @param verb the last part of the API's path, and the button's word in lower case
 * @param path the page that asks for a confirmation
 * @param risky whether something is ended or deleted by it
 */
record Operation(String verb, String path, boolean risky) {

  /** The button's word. */
  public String word() {
    return Character.toUpperCase(verb.charAt(0)) + verb.substring(1);
  }
}
