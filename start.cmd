@echo off
rem Starts Numberglass on Windows; sets it up first where that has not been done. Not yet tried on
rem a real Windows. Arguments are passed on: start.cmd read --json picture.png
setlocal
call "%~dp0scripts\environment.cmd" runtime || exit /b 1
set "NUMBERGLASS_COMMAND=start.cmd"
"%~dp0.venv\Scripts\python.exe" -P -m desktop_app %*
exit /b %errorlevel%
