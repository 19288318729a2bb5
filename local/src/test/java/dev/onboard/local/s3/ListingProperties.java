package dev.onboard.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.Folders;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Listings in pages of every size against the simplest thing that could list. */
class ListingProperties {
  private static final Comparator<String> BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private Path folder;
  private S3Room room;
  private S3Client s3;
  private int bucket;

  @BeforeProperty
  void open() throws IOException {
    folder = Files.createTempDirectory("listing");
    room = new S3Room(folder);
    s3 = room.s3;
  }

  @AfterProperty
  void close() throws IOException {
    room.close();
    Folders.delete(folder);
  }

  @Property(tries = 150)
  void pagesTogether_areWhatAModelLists(
      @ForAll("keySets") Set<String> keys,
      @ForAll("prefixes") String prefix,
      @ForAll("delimiters") String delimiter,
      @ForAll("prefixes") String after,
      @ForAll @IntRange(min = 1, max = 5) int size) {
    String name = filled(keys);
    List<String> expected = model(keys, prefix, delimiter, after, false);
    assertThat(v2(name, prefix, delimiter, after, size)).isEqualTo(expected);
    assertThat(v1(name, prefix, delimiter, after, size))
        .isEqualTo(model(keys, prefix, delimiter, after, true));
    assertThat(versions(name, prefix, delimiter, size))
        .isEqualTo(model(keys, prefix, delimiter, "", true));
  }

  @Provide
  Arbitrary<Set<String>> keySets() {
    return Arbitraries.strings()
        .withChars('a', 'b', '/', '-', '~', '\u00e9', '\uffee')
        .ofMinLength(1)
        .ofMaxLength(5)
        .map(s -> s.replace("~", "\ud83d\ude00"))
        .set()
        .ofMaxSize(14);
  }

  @Provide
  Arbitrary<String> prefixes() {
    return Arbitraries.of("", "", "a", "a/", "/", "b-", "\u00e9", "ab/", "\ud83d\ude00");
  }

  @Provide
  Arbitrary<String> delimiters() {
    return Arbitraries.of("", "/", "/", "-", "b/");
  }

  private String filled(Set<String> keys) {
    String name = "bucket-" + bucket++;
    s3.createBucket(b -> b.bucket(name));
    keys.forEach(k -> s3.putObject(b -> b.bucket(name).key(k), RequestBody.empty()));
    return name;
  }

  /** Entries in order: keys as they are, common prefixes behind a bar. */
  private static List<String> model(
      Set<String> keys, String prefix, String delimiter, String after, boolean skipsMarker) {
    var entries = new TreeSet<>(BYTES);
    for (String key : keys) {
      if (!key.startsWith(prefix) || BYTES.compare(key, after) <= 0 && !after.isEmpty()) {
        continue;
      }
      int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      if (at < 0) {
        entries.add(key);
      } else {
        String common = key.substring(0, at + delimiter.length());
        if (!skipsMarker || !after.startsWith(common)) {
          entries.add(common + "|");
        }
      }
    }
    return sorted(entries.stream());
  }

  private static List<String> sorted(Stream<String> entries) {
    return entries.sorted(Comparator.comparing((String e) -> e.replace("|", ""), BYTES)).toList();
  }

  private List<String> v2(String name, String prefix, String delimiter, String after, int size) {
    var all = new ArrayList<String>();
    String token = null;
    do {
      String from = token;
      ListObjectsV2Response page =
          s3.listObjectsV2(b ->
              b.bucket(name)
                  .prefix(prefix)
                  .delimiter(delimiter)
                  .startAfter(after)
                  .continuationToken(from)
                  .maxKeys(size)
                  .encodingType(EncodingType.URL));
      List<String> entries =
          entries(page.contents().stream().map(S3Object::key), page.commonPrefixes());
      assertThat(entries).hasSize(page.keyCount()).hasSizeLessThanOrEqualTo(size);
      all.addAll(sorted(entries.stream().map(e -> URLDecoder.decode(e, StandardCharsets.UTF_8))));
      token = page.nextContinuationToken();
      assertThat(page.isTruncated()).isEqualTo(token != null);
    } while (token != null);
    return all;
  }

  private List<String> v1(String name, String prefix, String delimiter, String after, int size) {
    var all = new ArrayList<String>();
    String marker = after;
    while (true) {
      String from = marker;
      ListObjectsResponse page =
          s3.listObjects(
              b -> b.bucket(name).prefix(prefix).delimiter(delimiter).marker(from).maxKeys(size));
      all.addAll(
          sorted(
              entries(page.contents().stream().map(S3Object::key), page.commonPrefixes())
                  .stream()));
      if (!page.isTruncated()) {
        return all;
      }
      marker = delimiter.isEmpty() ? page.contents().getLast().key() : page.nextMarker();
    }
  }

  private List<String> versions(String name, String prefix, String delimiter, int size) {
    var all = new ArrayList<String>();
    String key = null;
    String version = null;
    while (true) {
      String fromKey = key;
      String fromVersion = version;
      ListObjectVersionsResponse page =
          s3.listObjectVersions(b ->
              b.bucket(name)
                  .prefix(prefix)
                  .delimiter(delimiter)
                  .keyMarker(fromKey)
                  .versionIdMarker(fromVersion)
                  .maxKeys(size));
      all.addAll(
          sorted(
              entries(page.versions().stream().map(ObjectVersion::key), page.commonPrefixes())
                  .stream()));
      if (!page.isTruncated()) {
        return all;
      }
      key = page.nextKeyMarker();
      version = page.nextVersionIdMarker();
    }
  }

  private static List<String> entries(Stream<String> keys, List<CommonPrefix> prefixes) {
    return Stream.concat(keys, prefixes.stream().map(p -> p.prefix() + "|"))
        .collect(Collectors.toList());
  }
}
