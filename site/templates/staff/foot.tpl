</main>
<footer><p>Tideline staff site. Close the browser when you leave the desk.</p></footer>
</body>
</html>
