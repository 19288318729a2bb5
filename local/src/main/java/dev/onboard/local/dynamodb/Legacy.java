package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.value.DynamoErrors;

/** The parameters that expressions replaced, which are refused by name. */
record Legacy(String operation) {

  static Legacy refuse(String operation) {
    return new Legacy(operation);
  }

  Legacy parameter(String name, boolean there) {
    if (there) {
      throw DynamoErrors.unsupported(operation, "the legacy parameter " + name);
    }
    return this;
  }
}
