package dev.onboard.console.imports;

import dev.onboard.console.web.Link;
import java.util.List;

/**
 * A file that is uploaded and whose import is about to begin.
 *
 * @param here this page, to look again
 * @param links where it would be if it never began
 */
public record UploadedPage(String file, String bucket, String here, List<Link> links) {}
