namespace RewardServer.Compatibility.NemoSkills;

/// <summary>
/// How faults of ours are told: by a connection that breaks off. NeMo-Skills' client (nemo_skills/code_execution/sandbox.py) reads any answer as the
/// cell's, whatever its status, and 502 as the cell's time-out; a broken connection alone is an error to it, which its evaluators try again.
/// </summary>
internal sealed class NemoFault(string reason) : IResult
{
    /// <summary>Breaks off, and tells the log why.</summary>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger<NemoFault>()
            .LogError("{Method} {Path} breaks off: {Reason}", httpContext.Request.Method, httpContext.Request.Path, reason);
        httpContext.Abort();
        return Task.CompletedTask;
    }
}
