package io.bluetick.testkit.service;

/** A small document with one of each. */
final class Things {
  static final String DOCUMENT =
      """
      {"openapi": "3.1.0", "security": [{"token": []}],
       "paths": {
         "/v1/things": {
           "get": {
             "summary": "Things", "operationId": "things", "tags": ["things"], "security": [],
             "parameters": [
               {"name": "limit", "in": "query", "required": true,
                "schema": {"type": "integer", "minimum": 1}},
               {"name": "kind", "in": "query",
                "schema": {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}}],
             "responses": {"200": {"description": "all", "content": {"application/json": {"schema":
               {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}}}}}},
           "post": {
             "summary": "Makes one", "operationId": "make", "tags": ["things"],
             "requestBody": {"required": true, "content": {"application/json":
               {"schema": {"$ref": "#/components/schemas/Thing"}}}},
             "responses": {
               "201": {
                 "description": "made",
                 "headers": {"Location": {"required": true, "schema": {"type": "string"}}},
                 "content": {"application/json":
                   {"schema": {"$ref": "#/components/schemas/NamedThing"}}}},
               "default": {
                 "description": "any error",
                 "headers": {"Retry-After": {"schema": {"type": "integer"}}},
                 "content": {"application/problem+json": {
                   "schema": {"type": "object", "properties": {"code": {"type": "string"}}},
                   "example": {"code": "not-found"}}}}}}},
         "/v1/things/{id}": {
           "parameters": [
             {"name": "id", "in": "path", "required": true,
              "schema": {"type": "string", "pattern": "^[0-9a-f]{4}$"}}],
           "delete": {
             "summary": "Deletes one", "operationId": "delete", "tags": ["things"],
             "responses": {"204": {"description": "deleted"}}}},
         "/v1/things/newest": {
           "get": {
             "summary": "The newest", "operationId": "newest", "tags": ["things"],
             "responses": {"200": {"description": "it", "content": {"application/json":
               {"schema": {"oneOf": [{"$ref": "#/components/schemas/NamedThing"}]}}}}}}}},
       "components": {"schemas": {
         "Thing": {
           "type": "object", "required": ["size"],
           "properties": {
             "size": {"type": "integer", "minimum": 1, "example": 7},
             "made": {"type": "string", "format": "date-time", "example": "2026-01-02T03:04:05Z"},
             "labels": {"type": "object", "additionalProperties": {"type": "string"},
                        "example": "{\\"a\\": \\"b\\"}"}}},
         "NamedThing": {
           "allOf": [
             {"$ref": "#/components/schemas/Thing"},
             {"type": "object", "properties": {"name": {"type": "string", "example": "a"}}}]}}}}
      """;

  private Things() {}
}
