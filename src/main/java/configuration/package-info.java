/**
 * Reads the properties, checks them, and makes the model of them. {@code Configuration} begins;
 * {@code PipelineReader} goes through one pipeline's sections; {@code Properties} has what all of
 * them say in the same words; {@code StartReport} tells what was read.
 *
 * <p>It is read by hand and not by a {@code @ConfigMapping}. SmallRye 3.13 collects what does not
 * convert, but
 *
 * <ul>
 *   <li>Quarkus validates mappings before it makes a bean: where one value does not convert, the
 *       start ends with that list, and none of the rules that compare properties or pipelines is
 *       ever asked, so that their problems are told one start later;
 *   <li>it repeats each refused value, and a URL or a key that is refused may be a secret;
 *   <li>it cannot say what to write for what is missing, nor what was meant by what is unknown, and
 *       gives its problems as texts only, which our code would have to parse in order to say it;
 *   <li>a blank is a value, an empty value of a property with a default a problem.
 * </ul>
 *
 * <p>A mapping of nothing but optional texts would avoid this, and then check nothing either. The
 * evidence is {@code TypedMappingTest}.
 */
package configuration;
