@echo off
rem Runs the tests on Windows; sets up what they need first. Not yet tried on a real Windows.
rem Arguments are passed on to pytest.
setlocal
call "%~dp0scripts\environment.cmd" dev || exit /b 1
cd /d "%~dp0"
if not defined QT_QPA_PLATFORM set QT_QPA_PLATFORM=offscreen
"%~dp0.venv\Scripts\python.exe" -m pytest %*
exit /b %errorlevel%
