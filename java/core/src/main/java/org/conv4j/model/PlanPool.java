package org.conv4j.model;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;

/**
 * A plan, which may still be compiling, and its idle sessions. Owns both; sessions that are lent
 * out when this closes end on their return. Safe for any thread.
 */
final class PlanPool implements AutoCloseable {
  private final CompletableFuture<Plan> plan = new CompletableFuture<>();
  private final ArrayDeque<Session> idle = new ArrayDeque<>();
  private boolean closed;

  /** Compiles the plan that others wait for, on the calling thread. */
  void compile(Supplier<Plan> compiler) {
    try {
      plan.complete(compiler.get());
    } catch (RuntimeException | Error failure) {
      plan.completeExceptionally(failure);
      throw failure;
    }
  }

  /** Lends a session, or null if this is closed. */
  Session borrow() {
    synchronized (this) {
      if (closed) {
        return null;
      }
      Session session = idle.poll();
      if (session != null) {
        return session;
      }
    }
    Plan compiled = await();
    try {
      return compiled.newSession();
    } catch (IllegalStateException planClosed) {
      synchronized (this) {
        if (closed) {
          return null;
        }
      }
      throw planClosed;
    }
  }

  void giveBack(Session session) {
    synchronized (this) {
      if (!closed) {
        idle.push(session);
        return;
      }
    }
    session.close();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    // Nobody adds to the idle sessions of a closed pool.
    idle.forEach(Session::close);
    plan.thenAccept(Plan::close);
  }

  private Plan await() {
    try {
      return plan.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException exception) {
        throw exception;
      }
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw failed;
    }
  }
}
