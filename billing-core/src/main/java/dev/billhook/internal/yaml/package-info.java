/** A YAML or JSON document as a tree that collects every error with the path of its value; knows numbers and money only. */
@NullMarked
package dev.billhook.internal.yaml;

import org.jspecify.annotations.NullMarked;
