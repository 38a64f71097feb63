using System.Text;

namespace RewardServer.CSharpCompiler;

/// <summary>One run: sources in at its standard input, the assembly or the compiler's words out.</summary>
internal static class CompileRun
{
    // As of wait(2): the exit code is in the second byte.
    private const int Compiled = 0, HasErrors = 1 << 8, Malformed = 2 << 8, Truncated = 3 << 8;

    /// <summary>Serves it, and closes all that came with it.</summary>
    public static Ending Execute(Request request, ProgramCompiler compiler)
    {
        using (request)
        {
            var before = ProcessUsage.Now();

            // Nothing of the candidate's has been read yet, and nothing is left to give up: the run begins.
            request.Failure.Dispose();
            var status = DeepStack.Run(() => Serve(request, compiler), failure => Abandon(request, failure));
            request.Dispose();
            return ProcessUsage.Now().Since(before, status);
        }
    }

    private static int Serve(Request request, ProgramCompiler compiler)
    {
        IReadOnlyList<SourceFile> files;
        try
        {
            files = SourceBundle.Read(request.Input);
        }
        catch (InvalidDataException malformed)
        {
            Write(request.Error, Encoding.UTF8.GetBytes(malformed.Message + "\n"));
            return Malformed;
        }

        var compiled = compiler.Compile(files);
        Write(request.Error, Encoding.UTF8.GetBytes(string.Concat(compiled.Errors.Select(line => line + "\n"))));
        Write(request.Output, compiled.Assembly.Span);
        return compiled.Errors.Count == 0 ? Compiled : compiled.EndsEarly ? Truncated : HasErrors;
    }

    // What a compiler that threw has left behind is not known: no other program may meet it. The agent takes our end for
    // the run's, and the server gets a new slot.
    private static void Abandon(Request request, Exception failure)
    {
        Write(request.Error, Encoding.UTF8.GetBytes($"error: the compiler failed: {failure.GetType().Name}: {failure.Message}\n"));
        Environment.Exit(1);
    }

    private static void Write(Microsoft.Win32.SafeHandles.SafeFileHandle file, ReadOnlySpan<byte> bytes)
    {
        using var stream = new FileStream(new(file.DangerousGetHandle(), ownsHandle: false), FileAccess.Write, bufferSize: 0);
        stream.Write(bytes);
    }
}
