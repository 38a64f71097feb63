using System.Reflection;
using System.Runtime.InteropServices;
using RewardServer.Grading.Graders.Custom.Scripts;

namespace RewardServer.Scripting;

/// <summary>
/// The hidden verb <c>script-worker</c>: a child process of the server that compiles scripts or runs one, and ends with the
/// pipe to the server.
/// </summary>
internal static class ScriptWorker
{
    /// <summary>The verb.</summary>
    public const string Verb = "script-worker";

    // Room for what a script that calls itself may need.
    private const int StackBytes = 16 << 20;

    /// <summary>How the server that is running starts its children: as itself.</summary>
    public static ScriptCommand Command
    {
        get
        {
            var (program, assembly) = (Environment.ProcessPath!, typeof(ScriptWorker).Assembly.Location);
            return Assembly.GetEntryAssembly() == typeof(ScriptWorker).Assembly && Path.GetFileNameWithoutExtension(program) != "dotnet"
                ? new(program, [Verb])
                : new(DotnetOr(program), [assembly, Verb]);
        }
    }

    /// <summary>Serves the parent until it closes the pipe.</summary>
    /// <param name="role">What the process is for: <see cref="ScriptCommand.Compile"/> or <see cref="ScriptCommand.Run"/>.</param>
    public static void Serve(string role)
    {
        // Ctrl-C goes to the whole group: the server then still finishes what it is at, and needs us for it.
        PosixSignal[] passed = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
        var registrations = passed.Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = true)).ToArray();
        var pipes = WorkerPipes.Take();
        var thread = new Thread(() => Work(role, pipes), StackBytes) { Name = "script" };
        thread.Start();
        thread.Join();
        GC.KeepAlive(registrations);
    }

    // Where the server is run by another program, such as its tests: the runtime that carries that.
    private static string DotnetOr(string program) => Path.GetFileNameWithoutExtension(program) == "dotnet"
        ? program
        : Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private static void Work(string role, WorkerPipes pipes)
    {
        try
        {
            Answer(role, pipes);
        }
        catch (EndOfStreamException)
        {
            // The server is done with us.
        }
    }

    private static void Answer(string role, WorkerPipes pipes)
    {
        if (role == ScriptCommand.Compile)
        {
            while (true)
            {
                pipes.Send(ScriptCompilation.Compile(pipes.Receive<ScriptSource>()));
            }
        }

        var script = LoadedScript.Load(pipes.Receive<CompiledScript>());
        pipes.Send(new ScriptLoaded(true));
        while (true)
        {
            pipes.Send(script.Answer(pipes.Receive<ScriptCall>()));
        }
    }
}
