package web;

import java.util.Optional;

/**
 * The question before something is done.
 *
 * @param question what is about to be done
 * @param effect what it does
 * @param word the button's word
 * @param path where the form is sent
 * @param back the page that it came from
 * @param risky whether something is ended or deleted
 * @param problem why it could not be done, after a try
 * @param reason what was typed as the reason then
 */
record Confirmation(
    String question,
    String effect,
    String word,
    String path,
    String back,
    boolean risky,
    Optional<String> problem,
    Optional<String> reason) {

  Confirmation refused(String why, Optional<String> typed) {
    return new Confirmation(question, effect, word, path, back, risky, Optional.of(why), typed);
  }
}
