namespace RewardServer.Sandboxing.Tests;

/// <summary>The engine that tests/run starts, and builds the images in.</summary>
public static class EngineOfTests
{
    /// <summary>Its address; null where there is none.</summary>
    public static string? Endpoint { get; } = Environment.GetEnvironmentVariable("SANDBOX_TESTS_DOCKER") is { Length: > 0 } address ? address : null;

    public static SandboxOptions Options { get; } = Endpoint is null
        ? new() { Engine = "none" }
        : new() { Engine = "docker", Docker = new DockerOptions { Endpoint = Endpoint, ImageTag = Environment.GetEnvironmentVariable("SANDBOX_TESTS_TAG") ?? new DockerOptions().ImageTag } };
}
