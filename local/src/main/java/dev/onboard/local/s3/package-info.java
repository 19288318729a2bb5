/**
 * S3: buckets, versioned objects whose bodies are files, multipart uploads, lifecycles, and events.
 */
@NullMarked
package dev.onboard.local.s3;

import org.jspecify.annotations.NullMarked;
