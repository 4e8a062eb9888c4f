package io.bluetick.client.rest;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a primary device runs on. */
public enum Platform {
  @JsonProperty("android")
  ANDROID,
  @JsonProperty("ios")
  IOS,
  @JsonProperty("web")
  WEB,
  @JsonProperty("desktop")
  DESKTOP,
  @JsonProperty("other")
  OTHER
}
