@echo off
rem environment.cmd SET makes .venv hold exactly requirements\SET.txt; quick when nothing changed.
rem The same steps as environment.sh, which explains them.
setlocal
set "root=%~dp0.."
set "venv=%root%\.venv"
set "lock=%root%\requirements\%~1.txt"
set "stamp=%venv%\%~1-installed.txt"

if exist "%venv%\Scripts\python.exe" fc /b "%lock%" "%stamp%" >nul 2>&1 && exit /b 0

echo numberglass: Setting up in .venv; this happens once and takes a minute or two. 1>&2
if exist "%stamp%" rmdir /s /q "%venv%"
if not exist "%venv%\Scripts\python.exe" (
    py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>&1 || (
        echo numberglass: Please install Python 3.11 or newer for Windows, then start again. 1>&2
        exit /b 1
    )
    py -3 -m venv "%venv%" || exit /b 1
    for %%R in ("%root%") do echo %%~fR> "%venv%\Lib\site-packages\numberglass.pth"
)
"%venv%\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --require-hashes ^
    --only-binary :all: --requirement "%lock%" || (
    echo numberglass: The packages could not be installed; the reason stands above. 1>&2
    exit /b 1
)
copy /y "%lock%" "%stamp%" >nul
exit /b 0
