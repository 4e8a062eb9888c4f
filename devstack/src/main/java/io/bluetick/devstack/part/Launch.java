package io.bluetick.devstack.part;

import java.util.List;
import java.util.Map;

/**
 * A process to start.
 *
 * @param environment added to the launcher's own
 */
public record Launch(List<String> command, Map<String, String> environment) {}
