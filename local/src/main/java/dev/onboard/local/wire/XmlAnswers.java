package dev.onboard.local.wire;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;

/**
 * What the SDK's metadata does not say of the answers of a REST-XML service.
 *
 * @param roots root elements that are not the operation's name and {@code Result}
 * @param textRoots operations whose root element holds text
 * @param plain operations whose answer is no XML
 * @param noContent operations that answer 204 and nothing
 * @param partialContent operations that answer 206 where their answer has a {@code Content-Range}
 * @param neverByPath operations that a request's path never means
 * @param errorHeaders the headers of an error
 * @param errorElements what an error's document has beside code and message; of the request, too,
 *     where it could be read
 */
public record XmlAnswers(
    Map<String, String> roots,
    Set<String> textRoots,
    Set<String> plain,
    Set<String> noContent,
    Set<String> partialContent,
    Set<String> neverByPath,
    Function<AwsServiceException, Map<String, List<String>>> errorHeaders,
    BiFunction<AwsServiceException, @Nullable SdkRequest, Map<String, String>> errorElements) {}
