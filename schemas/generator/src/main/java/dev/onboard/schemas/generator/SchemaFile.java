package dev.onboard.schemas.generator;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** One version of the schema of one event type, as it stands in its file. */
record SchemaFile(Path file, Version version, JsonNode schema) {}
