package dev.onboard.schemas.generator;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** An example of an event's detail, written to the version that its file name begins with. */
record Example(Path file, Version version, JsonNode detail) {}
